@org.jspecify.annotations.NullMarked
package argand.multivariate;
