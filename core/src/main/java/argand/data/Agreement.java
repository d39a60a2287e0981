package argand.data;

/// How far repeated results agree: the Fourier ring correlation between them and the resolution it
/// gives.
public record Agreement(Quality quality, Source source) implements Product {}
