/// Argand, the library.
module argand.core {
  requires static transitive org.jspecify;
  requires jdk.incubator.vector;
  requires java.desktop;
  requires java.management;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;
  requires org.bytedeco.hdf5;
  requires org.bytedeco.javacpp;
  requires org.apache.commons.rng.api;
  requires org.apache.commons.rng.sampling;
  requires org.lz4.java;
  requires ejml.core;
  requires ejml.ddense;
  requires com.github.tschoonj.xraylib;
  requires com.twelvemonkeys.imageio.core;
  requires com.twelvemonkeys.imageio.tiff;

  exports argand;
  exports argand.array;
  exports argand.array.kernel;
  exports argand.physics;
  exports argand.inverse;
  exports argand.phantom;
  exports argand.exafs;
  exports argand.data;
  exports argand.file;
  exports argand.flow;
  exports argand.prepare;
  exports argand.simulate;
  exports argand.recipe;
  exports argand.register;
  exports argand.joint;
  exports argand.metric;
  exports argand.figure;
  exports argand.quality;
  exports argand.ptycho;
  exports argand.spectro;
  exports argand.spectroptycho;
  exports argand.singlepixel;
  exports argand.acquire;
  exports argand.xrf;
  exports argand.multivariate;
  exports argand.neural;
  exports argand.segment;
  exports argand.sampling;
  exports argand.judge;

  uses argand.acquire.BeamlineDoor;
  uses argand.file.Reader;
  uses argand.file.StackReader;
  uses argand.file.SpectraReader;
  uses argand.flow.FileDoor;
  uses argand.flow.Plugin;

  provides argand.acquire.BeamlineDoor with
      argand.acquire.VirtualDoor;
  provides argand.flow.FileDoor with
      argand.file.OpenedFiles;
  provides argand.file.Reader with
      argand.file.PtydReader,
      argand.file.CsaxsReader,
      argand.file.EigerReader,
      argand.file.NexusReader,
      argand.file.PtyLabReader,
      argand.file.PtychoShelvesReader,
      argand.file.FoldSliceReader,
      argand.file.PtychodusReader,
      argand.file.CxiReader;
  provides argand.file.SpectraReader with
      argand.file.MdaReader,
      argand.file.Hdf5SpectraReader,
      argand.file.McaTextReader;
  provides argand.file.StackReader with
      argand.file.ResultStackReader,
      argand.file.StxmStackReader,
      argand.file.XrmStackReader,
      argand.file.SdfStackReader,
      argand.file.TiffStackReader,
      argand.file.Hdf5StackReader;

  exports argand.run;
}
