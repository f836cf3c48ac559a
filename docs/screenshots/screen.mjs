// Makes the lines of a terminal's screen out of all that was written to it, as script(1) records it.
//
//   node screen.mjs COMMAND end|live <TYPESCRIPT >LINES
//
// COMMAND stands above the lines, after a prompt. `end` is the screen as it was left. `live` is the screen as it was under way: after
// the last picture that was drawn over another one. Knows what Prise writes: a line is cleared before it is written anew.
import { readFileSync } from "node:fs";

const [command, when] = process.argv.slice(2);
if (command === undefined || (when !== "end" && when !== "live")) {
  console.error("screen.mjs: needs a command, and end or live");
  process.exit(2);
}

const END_OF_PICTURE = "\u001b[?7h";
// script(1) puts a line of its own before and after
let written = readFileSync(0, "utf8").replace(/^Script started.*\n/, "").replace(/\n+Script done on.*\n*$/, "");
if (when === "live") {
  const end = written.lastIndexOf(END_OF_PICTURE);
  if (end < 0) {
    console.error("screen.mjs: nothing was drawn while it ran");
    process.exit(1);
  }
  written = written.slice(0, end);
}

const lines = [""];
let row = 0;
let atStart = false; // of the line, which is then written anew
for (const part of written.split(/(\u001b\[[0-9;?]*[A-Za-z]|\n|\r)/)) {
  const move = /^\u001b\[(\d*)A$/.exec(part);
  if (move) {
    row = Math.max(0, row - Number(move[1] || 1));
  } else if (part === "\n") {
    row++;
    lines[row] ??= "";
  } else if (part === "\r") {
    atStart = true;
    continue;
  } else if (part === "\u001b[2K" || (part === "\u001b[K" && atStart)) {
    lines[row] = "";
  } else if (part !== "" && !/^\u001b\[(?![0-9;]*m$)/.test(part)) {
    lines[row] = (atStart ? "" : lines[row]) + part;
  } else {
    continue;
  }
  atStart = false;
}
process.stdout.write(`\u001b[2m$\u001b[0m \u001b[1m${command}\u001b[0m\n${lines.join("\n").replace(/\s+$/, "")}\n`);
