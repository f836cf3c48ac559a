package dev.prise.lab;

import org.xbill.DNS.Name;

/**
 * One line of a script.
 *
 * @param name the name asked for
 * @param type the type asked for
 * @param reaction what is done then; for a CNAME the answer with its one record
 */
record ScriptLine(Name name, int type, Reaction reaction) {}
