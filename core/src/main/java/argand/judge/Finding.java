package argand.judge;

/// Something that spoils a result, and what to do about it.
///
/// @param cause what
/// @param sentence for a person: what was found, and the remedy
public record Finding(Cause cause, String sentence) {}
