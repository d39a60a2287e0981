/// Floor 9: doing what a recipe says. Plan, run folder, events, checkpoints, runner.
@NullMarked
package argand.run;

import org.jspecify.annotations.NullMarked;
