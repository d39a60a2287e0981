package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.hdf5.H5G_info_t;
import org.bytedeco.hdf5.H5L_info2_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/// Names, links and virtual datasets of one open file. The caller holds the lock.
final class Hdf5Links {
  /// What a path leads to.
  enum Kind {
    NOTHING,
    GROUP,
    DATASET,
    OTHER
  }

  /// A virtual dataset may be made of virtual datasets; deeper than this they go in a circle.
  private static final int DEEPEST = 8;

  private final Path file;
  private final long id;
  private final Set<String> whole = new HashSet<>();

  Hdf5Links(Path file, long id) {
    this.file = file;
    this.id = id;
  }

  boolean has(String path) {
    return has(id, path);
  }

  private static boolean has(long id, String path) {
    var walked = new StringBuilder();
    for (String name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      if (!walked.isEmpty() && kind(id, walked.toString()) != Kind.GROUP) {
        return false;
      }
      walked.append('/').append(name);
      if (H5Lexists(id, walked.toString(), H5P_DEFAULT) <= 0) {
        return false;
      }
    }
    return true;
  }

  Kind kind(String path) {
    return has(id, path) ? kind(id, path) : Kind.NOTHING;
  }

  private static Kind kind(long id, String path) {
    long object = H5Oopen(id, path, H5P_DEFAULT);
    if (object < 0) {
      return Kind.NOTHING;
    }
    int type = H5Iget_type(object);
    H5Oclose(object);
    return type == H5I_GROUP ? Kind.GROUP : type == H5I_DATASET ? Kind.DATASET : Kind.OTHER;
  }

  List<String> list(String group) {
    if (!group.equals("/")) {
      mustOpen(group);
    }
    var names = new ArrayList<String>();
    try (var open =
            Hdf5Id.of(
                H5Gopen2(id, group, H5P_DEFAULT),
                file,
                "cannot open the group " + group,
                g -> H5Gclose(g));
        var info = new H5G_info_t()) {
      Hdf5Calls.check(H5Gget_info(open.id(), info), file, "cannot list " + group);
      for (long i = 0; i < info.nlinks(); i++) {
        long link = i;
        names.add(
            name(
                "a name in " + group,
                (into, size) ->
                    H5Lget_name_by_idx(
                        open.id(),
                        ".",
                        H5_INDEX_NAME,
                        H5_ITER_INC,
                        link,
                        into,
                        size,
                        H5P_DEFAULT)));
      }
    }
    return names;
  }

  String target(String path) {
    try (var info = new H5L_info2_t()) {
      if (!has(path) || H5Lget_info2(id, path, info, H5P_DEFAULT) < 0) {
        return "";
      }
      if (info.type() != H5L_TYPE_SOFT && info.type() != H5L_TYPE_EXTERNAL) {
        return "";
      }
      int size = (int) info.u_val_size();
      byte[] value = new byte[size];
      try (var memory = new BytePointer(size)) {
        Hdf5Calls.check(
            H5Lget_val(id, path, memory, size, H5P_DEFAULT), file, "cannot read the link " + path);
        memory.get(value);
      }
      if (info.type() == H5L_TYPE_SOFT) {
        return new String(value, 0, size - 1, StandardCharsets.UTF_8);
      }
      // One byte of version and flags, the file, a zero, the path in it, a zero.
      return new String(value, 1, size - 2, StandardCharsets.UTF_8).replace("\0", ":");
    }
  }

  /// @throws FileTrouble naming what is missing and what is there, or the link that leads nowhere
  void mustOpen(String path) {
    String walked = "";
    for (String name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      String parent = walked;
      walked = walked + "/" + name;
      if (!has(walked)) {
        throw new FileTrouble(
            file,
            "there is no "
                + path
                + (kind(id, parent.isEmpty() ? "/" : parent) == Kind.GROUP
                    ? "; " + (parent.isEmpty() ? "the file" : parent) + " holds " + some(parent)
                    : "; " + parent + " is not a group"));
      }
      if (kind(id, walked) == Kind.NOTHING) {
        String target = target(walked);
        throw new FileTrouble(
            file,
            target.isEmpty()
                ? walked + " cannot be opened: the file is damaged"
                : walked + " is a link to " + target + ", which is not there");
      }
    }
  }

  private String some(String group) {
    List<String> names = list(group.isEmpty() ? "/" : group);
    if (names.isEmpty()) {
      return "nothing";
    }
    return String.join(", ", names.subList(0, Math.min(8, names.size())))
        + (names.size() > 8 ? " and " + (names.size() - 8) + " more" : "");
  }

  /// @throws FileTrouble naming the source that an open virtual dataset lacks
  void mustBeWhole(String path, long set) {
    if (whole.contains(path)) {
      return;
    }
    mustBeWhole(path, set, DEEPEST);
    whole.add(path);
  }

  private void mustBeWhole(String path, long set, int depth) {
    try (var plan =
            Hdf5Id.of(H5Dget_create_plist(set), file, "cannot tell the layout", p -> H5Pclose(p));
        var number = new SizeTPointer(1)) {
      if (H5Pget_layout(plan.id()) != H5D_VIRTUAL) {
        return;
      }
      if (depth == 0) {
        throw new FileTrouble(file, "the virtual dataset " + path + " is made of itself");
      }
      Hdf5Calls.check(
          H5Pget_virtual_count(plan.id(), number), file, "cannot tell the sources of " + path);
      Path home =
          Path.of(name("the file of " + path, (into, size) -> H5Fget_name(set, into, size)));
      var seen = new HashSet<String>();
      for (long i = 0; i < number.get(); i++) {
        long source = i;
        String from =
            name(
                "a source of " + path,
                (into, size) -> H5Pget_virtual_filename(plan.id(), source, into, size));
        String what =
            name(
                "a source of " + path,
                (into, size) -> H5Pget_virtual_dsetname(plan.id(), source, into, size));
        // A source may be a series, `data_%b.h5`; its first member must be there.
        if (seen.add(from + "\0" + what)) {
          mustBeThere(path, home, from.replace("%b", "0"), what.replace("%b", "0"), depth);
        }
      }
    }
  }

  private void mustBeThere(String path, Path home, String from, String what, int depth) {
    Path source = from.equals(".") ? home : located(home, from);
    if (!Files.isRegularFile(source)) {
      throw new FileTrouble(
          file, "the virtual dataset " + path + " needs the file " + from + ", which is not there");
    }
    String damaged =
        "the virtual dataset " + path + " needs the file " + from + ", which is damaged";
    try (var open = Hdf5Calls.openToRead(source, file, damaged)) {
      long set = has(open.id(), what) ? H5Dopen2(open.id(), what, H5P_DEFAULT) : -1;
      if (set < 0) {
        throw new FileTrouble(
            file,
            "the virtual dataset "
                + path
                + " needs "
                + what
                + " in "
                + from
                + ", which is not there");
      }
      try (var alsoClosing = Hdf5Id.of(set, file, "cannot open " + what, d -> H5Dclose(d))) {
        mustBeWhole(path, set, depth - 1);
      }
    }
  }

  /// Where libhdf5 looks for a source: beside the file as named, beside the file itself when that
  /// was a symbolic link, then from the working folder.
  private static Path located(Path home, String from) {
    Path beside = home.toAbsolutePath().resolveSibling(from);
    if (Files.exists(beside)) {
      return beside;
    }
    try {
      Path beyond = home.toRealPath().resolveSibling(from);
      return Files.exists(beyond) ? beyond : Path.of(from);
    } catch (java.io.IOException gone) {
      return Path.of(from);
    }
  }

  private interface Naming {
    long into(byte[] bytes, long size);
  }

  /// A name of unknown length: once asked for its length, once for itself.
  private String name(String what, Naming naming) {
    int length = (int) Hdf5Calls.check(naming.into(new byte[1], 1), file, "cannot read " + what);
    byte[] bytes = new byte[length + 1];
    Hdf5Calls.check(naming.into(bytes, bytes.length), file, "cannot read " + what);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
