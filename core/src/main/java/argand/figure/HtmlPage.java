package argand.figure;

import java.util.List;

/// One page of hypertext with its style inside. Every text that goes in is escaped.
final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --page: #f3f5f8; --card: #ffffff; --ink: #1b2430; --muted: #5d6878;
        --rule: #dde2e8; --accent: #2563b8; }
      @media (prefers-color-scheme: dark) { :root { --page: #11151b; --card: #1a2029; --ink: #e6eaf0; --muted: #9aa6b5;
        --rule: #313a46; --accent: #7db4f5; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--page); color: var(--ink);
        font: 15px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
      main { max-width: 1180px; margin: 0 auto; padding: 36px 28px 60px; }
      header { border-bottom: 3px solid var(--accent); padding-bottom: 14px; margin-bottom: 8px; }
      h1 { font-size: 29px; line-height: 1.2; margin: 0 0 10px; letter-spacing: -0.01em; }
      h2 { font-size: 18px; margin: 34px 0 12px; }
      p { margin: 6px 0; max-width: 76ch; }
      .lead { font-size: 17px; }
      .small, figcaption { color: var(--muted); font-size: 13px; }
      .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(430px, 1fr)); gap: 18px; }
      .trio { grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); }
      .figures + .figures { margin-top: 18px; }
      figure { margin: 0; padding: 18px 20px 14px; background: var(--card); border: 1px solid var(--rule); border-radius: 10px;
        break-inside: avoid; display: flex; flex-direction: column; justify-content: space-between; }
      figure svg { display: block; width: 100%; height: auto; margin: 0 auto; }
      figcaption { margin-top: 10px; line-height: 1.4; }
      table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--rule);
        border-radius: 10px; overflow: hidden; margin-top: 18px; }
      th, td { text-align: left; vertical-align: top; padding: 8px 14px; border-bottom: 1px solid var(--rule); }
      tr:last-child td { border-bottom: 0; }
      th { color: var(--muted); font-size: 13px; font-weight: 600; }
      td:nth-child(2) { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
      td:nth-child(3) { color: var(--muted); font-size: 13.5px; }
      pre { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 14px 18px; overflow-x: auto;
        font: 13px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
      ul { padding-left: 20px; margin: 6px 0; } li { margin: 4px 0; max-width: 90ch; }
      @media print { body, main { background: #fff; padding: 0; font-size: 12px; } .figures { grid-template-columns: 1fr 1fr; }
        figure, table, pre { border-color: #ccc; } pre { white-space: pre-wrap; } h2 { break-after: avoid; } }
      @media (max-width: 520px) { .figures { grid-template-columns: 1fr; } main { padding: 20px 14px; } }
      """;

  private final StringBuilder html = new StringBuilder();

  HtmlPage(String title) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(Svg.escape(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n");
  }

  void open(String tag) {
    html.append('<').append(tag).append(">\n");
  }

  void open(String tag, String kind) {
    html.append('<').append(tag).append(" class=\"").append(kind).append("\">\n");
  }

  void close(String tag) {
    html.append("</").append(tag).append(">\n");
  }

  void heading(int level, String text) {
    element("h" + level, "", text);
  }

  void section(String title) {
    heading(2, title);
  }

  void paragraph(String kind, String text) {
    element("p", kind, text);
  }

  void list(List<String> items) {
    open("ul");
    for (String item : items) {
      element("li", "", item);
    }
    close("ul");
  }

  void code(String text) {
    html.append("<pre>").append(Svg.escape(text)).append("</pre>\n");
  }

  void table(List<String> head, List<List<String>> rows) {
    open("table");
    row("th", head);
    for (var row : rows) {
      row("td", row);
    }
    close("table");
  }

  void figure(Drawing drawing, String caption) {
    open("figure");
    html.append(Svg.inline(drawing));
    if (!caption.isEmpty()) {
      element("figcaption", "", caption);
    }
    close("figure");
  }

  String finished() {
    return html + "</main>\n</body>\n</html>\n";
  }

  private void row(String cell, List<String> values) {
    html.append("<tr>");
    for (String value : values) {
      html.append('<').append(cell).append('>').append(Svg.escape(value));
      html.append("</").append(cell).append('>');
    }
    html.append("</tr>\n");
  }

  private void element(String tag, String kind, String text) {
    html.append('<').append(tag);
    if (!kind.isEmpty()) {
      html.append(" class=\"").append(kind).append('"');
    }
    html.append('>').append(Svg.escape(text)).append("</").append(tag).append(">\n");
  }
}
