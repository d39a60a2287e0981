package argand.ptycho;

/// The open door: a method from another jar, found by ServiceLoader.
public non-sealed interface PtychoPlugin extends PtychoMethod {}
