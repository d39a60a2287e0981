package argand.ptycho;

/// The open door: a method from another jar, a record named by its {@link argand.flow.Plugin}.
public non-sealed interface PtychoPlugin extends PtychoMethod {}
