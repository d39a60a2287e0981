@org.jspecify.annotations.NullMarked
package argand.exafs;
