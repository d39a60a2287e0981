@org.jspecify.annotations.NullMarked
package argand.spectro;
