package dev.prise.telemetry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MetadataDefinition;
import jdk.jfr.Name;
import jdk.jfr.Relational;

/** Marks the number of a dial, by which its events belong together. */
@MetadataDefinition
@Relational
@Name("dev.prise.DialId")
@Label("Dial")
@Description("The number of the dial within the process; its lookups and attempts have the same")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface DialId {}
