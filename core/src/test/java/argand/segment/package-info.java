@org.jspecify.annotations.NullMarked
package argand.segment;
