/** What came of a campaign, as a document: {@code docs/lab.md} and its picture. */
@NullMarked
package dev.prise.lab.report;

import org.jspecify.annotations.NullMarked;
