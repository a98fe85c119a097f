/**
 * Why a rule did, or did not, fire for a subject: answered from the records of the cell, in English
 * and in Russian. Plain Java, for the command line and for screens alike: whoever asks reads the
 * records and hands them in. Read {@link io.voronka.rules.why.WhyNot} first.
 *
 * <p>The texts stand in {@code Phrase} and {@code Words}, the two languages side by side.
 */
package io.voronka.rules.why;
