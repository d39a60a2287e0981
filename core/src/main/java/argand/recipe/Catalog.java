package argand.recipe;

import argand.file.JoinPatterns;
import argand.file.Read;
import argand.file.ReadObjects;
import argand.file.ReadPatterns;
import argand.file.ReadReferences;
import argand.file.ReadSpectra;
import argand.file.ReadStack;
import argand.flow.Maker;
import argand.flow.Step;
import argand.joint.CoupleKramersKronig;
import argand.prepare.BeamStop;
import argand.prepare.Bin;
import argand.prepare.Calibrate;
import argand.prepare.Center;
import argand.prepare.Crop;
import argand.prepare.DropBadFrames;
import argand.prepare.EstimateDose;
import argand.prepare.FindBadPixels;
import argand.prepare.MaskPixels;
import argand.prepare.MergeBursts;
import argand.prepare.MergeExposures;
import argand.prepare.SubtractBackground;
import argand.ptycho.CheckOrientation;
import argand.ptycho.FocusMap;
import argand.ptycho.Preview;
import argand.ptycho.Ptychography;
import argand.ptycho.Refocus;
import argand.ptycho.Regions;
import argand.ptycho.SharedProbe;
import argand.ptycho.SplitHalf;
import argand.ptycho.Stitch;
import argand.ptycho.Untilt;
import argand.quality.CompareRepeats;
import argand.quality.ExtrapolateToZeroDose;
import argand.simulate.FaultyScan;
import argand.simulate.SimulateEnergySeries;
import argand.simulate.SimulateExtendedScan;
import argand.simulate.SimulateMap;
import argand.simulate.SimulateScan;
import argand.simulate.SimulateSpectra;
import argand.simulate.SimulateStack;
import argand.simulate.SimulateStructuredScan;
import argand.simulate.SimulateStructuredSpectra;
import argand.simulate.SimulateStxmStack;
import argand.singlepixel.AlignPatterns;
import argand.singlepixel.AnalysePatterns;
import argand.singlepixel.ChoosePatterns;
import argand.singlepixel.ClassifyPhases;
import argand.singlepixel.CorrelateElements;
import argand.singlepixel.DetectionLimits;
import argand.singlepixel.ReconstructPatterns;
import argand.singlepixel.SplitPatterns;
import argand.singlepixel.StudyFeatureSize;
import argand.singlepixel.StudyNoise;
import argand.singlepixel.StudySampling;
import argand.spectro.Align;
import argand.spectro.AutoMask;
import argand.spectro.BinImages;
import argand.spectro.CalibrateEnergies;
import argand.spectro.CheckDamage;
import argand.spectro.ChooseEnergies;
import argand.spectro.ChooseReferences;
import argand.spectro.ClassifyParticles;
import argand.spectro.Cluster;
import argand.spectro.ColorMix;
import argand.spectro.CompareClusters;
import argand.spectro.CorrectOverAbsorption;
import argand.spectro.CorrelateMap;
import argand.spectro.CropImages;
import argand.spectro.Denoise;
import argand.spectro.EdgeIntegral;
import argand.spectro.EdgeMap;
import argand.spectro.ElementThickness;
import argand.spectro.Exafs;
import argand.spectro.FindFaultyPixels;
import argand.spectro.FindMinorities;
import argand.spectro.FindOutlierImages;
import argand.spectro.FitClusters;
import argand.spectro.FluorescenceYield;
import argand.spectro.KeepEnergies;
import argand.spectro.KramersKronig;
import argand.spectro.MaskBy;
import argand.spectro.MaskCluster;
import argand.spectro.MaskForm;
import argand.spectro.MaskOtsu;
import argand.spectro.MaskShape;
import argand.spectro.NonNegativeMatrixFactors;
import argand.spectro.NormalizeEdge;
import argand.spectro.NormalizeToTables;
import argand.spectro.OpticalDensity;
import argand.spectro.ParticleStatistics;
import argand.spectro.PeakMap;
import argand.spectro.PhaseReferences;
import argand.spectro.PrincipalComponents;
import argand.spectro.RadialProfile;
import argand.spectro.RankContrasts;
import argand.spectro.RefractiveIndexMaps;
import argand.spectro.RegionSpectra;
import argand.spectro.Stack;
import argand.spectro.StackDose;
import argand.spectro.StateMap;
import argand.spectro.SubtractEdge;
import argand.spectro.SubtractEmpty;
import argand.spectro.SubtractPreEdge;
import argand.spectro.TakePhase;
import argand.spectro.Unmix;
import argand.spectro.UnmixBoth;
import argand.spectro.WhiteLineMap;
import argand.spectroptycho.AbsorptionAndPhase;
import argand.spectroptycho.AlignObjects;
import argand.spectroptycho.Dichroism;
import argand.spectroptycho.FixGauge;
import argand.spectroptycho.StackObjects;
import argand.xrf.ElementPercentages;
import argand.xrf.FitLines;
import argand.xrf.ProposeElements;
import argand.xrf.Quantify;
import argand.xrf.SharpenMaps;
import java.util.ArrayList;
import java.util.List;

/// A table of contents: the verbs and makers that a recipe may use, in the order of a day's work.
///
/// @param verbs records that are steps of `each` and `then`
/// @param makers records that a recipe may be done `of` instead of files
public record Catalog(
    List<Class<? extends Step<?, ?>>> verbs, List<Class<? extends Maker>> makers) {
  /// Everything Argand brings along. A new verb is entered here.
  public static final Catalog ARGAND =
      new Catalog(
          List.of(
              Read.class,
              ReadStack.class,
              ReadReferences.class,
              ReadObjects.class,
              ReadSpectra.class,
              ReadPatterns.class,
              Calibrate.class,
              MergeExposures.class,
              MergeBursts.class,
              Crop.class,
              Bin.class,
              Center.class,
              Untilt.class,
              MaskPixels.class,
              BeamStop.class,
              FindBadPixels.class,
              DropBadFrames.class,
              SubtractBackground.class,
              EstimateDose.class,
              CheckOrientation.class,
              Preview.class,
              Ptychography.class,
              SplitHalf.class,
              Regions.class,
              Refocus.class,
              FocusMap.class,
              Stitch.class,
              SharedProbe.class,
              MaskBy.class,
              MaskOtsu.class,
              MaskShape.class,
              MaskCluster.class,
              MaskForm.class,
              AutoMask.class,
              Cluster.class,
              FitClusters.class,
              CompareClusters.class,
              ColorMix.class,
              RegionSpectra.class,
              KramersKronig.class,
              PhaseReferences.class,
              TakePhase.class,
              UnmixBoth.class,
              CoupleKramersKronig.class,
              FindMinorities.class,
              PrincipalComponents.class,
              NonNegativeMatrixFactors.class,
              CompareRepeats.class,
              ExtrapolateToZeroDose.class,
              StackObjects.class,
              AlignObjects.class,
              FixGauge.class,
              AbsorptionAndPhase.class,
              Dichroism.class,
              Stack.class,
              OpticalDensity.class,
              FluorescenceYield.class,
              Align.class,
              NormalizeEdge.class,
              SubtractPreEdge.class,
              PeakMap.class,
              EdgeMap.class,
              EdgeIntegral.class,
              Exafs.class,
              Unmix.class,
              ChooseReferences.class,
              ChooseEnergies.class,
              KeepEnergies.class,
              SimulateMap.class,
              CorrelateMap.class,
              SubtractEdge.class,
              ClassifyParticles.class,
              ParticleStatistics.class,
              RadialProfile.class,
              RefractiveIndexMaps.class,
              StateMap.class,
              StackDose.class,
              RankContrasts.class,
              ElementThickness.class,
              CropImages.class,
              BinImages.class,
              FindFaultyPixels.class,
              FindOutlierImages.class,
              SubtractEmpty.class,
              Denoise.class,
              NormalizeToTables.class,
              CorrectOverAbsorption.class,
              CalibrateEnergies.class,
              CheckDamage.class,
              WhiteLineMap.class,
              ProposeElements.class,
              FitLines.class,
              Quantify.class,
              ElementPercentages.class,
              SharpenMaps.class,
              JoinPatterns.class,
              AlignPatterns.class,
              AnalysePatterns.class,
              ChoosePatterns.class,
              ReconstructPatterns.class,
              ClassifyPhases.class,
              CorrelateElements.class,
              SplitPatterns.class,
              DetectionLimits.class,
              StudyFeatureSize.class,
              StudyNoise.class,
              StudySampling.class),
          List.of(
              SimulateScan.class,
              SimulateExtendedScan.class,
              SimulateEnergySeries.class,
              FaultyScan.class,
              SimulateStack.class,
              SimulateStxmStack.class,
              SimulateStructuredScan.class,
              SimulateStructuredSpectra.class,
              SimulateSpectra.class));

  public Catalog {
    verbs = List.copyOf(verbs);
    makers = List.copyOf(makers);
  }

  /// What Argand brings along and what plug-ins on the class path add to it, see {@link
  /// argand.flow.Plugin}.
  ///
  /// @throws argand.array.InvalidInput when a plug-in brings a name that is taken
  public static Catalog installed() {
    return Plugins.with(ARGAND);
  }

  /// Verbs and makers by their names in recipes.
  public List<String> names() {
    var names = new ArrayList<String>();
    makers.forEach(maker -> names.add(Names.of(maker)));
    verbs.forEach(verb -> names.add(Names.of(verb)));
    return names;
  }
}
