// Makes a page of HTML out of what a command has written to a terminal, for a picture of it.
//
//   COMMAND | node terminal.mjs COLUMNS dark|light >FILE
//
// Reads text in UTF-8 with ANSI colours (SGR) on standard input; other escape sequences are left out. The page shows it in a window
// of that many columns and as many rows as there are lines, on the ground of a dark or of a light terminal, and needs nothing beside it.
// A line that is wider than the window is broken at its edge, as a terminal does.
import { readFileSync } from "node:fs";

// The grounds and the first eight colours as the terminals of several desktops have them by default.
const THEMES = {
  dark: {
    page: "#101014", ground: "#1e1e1e", bar: "#2b2b2f", text: "#d4d4d4", faint: "#8c8c8c", strong: "#ffffff",
    colors: ["#1e1e1e", "#e0564b", "#3fae5a", "#b8892a", "#4f8fe0", "#c26ac6", "#2fa3a8", "#d4d4d4"],
  },
  light: {
    page: "#e9e9ec", ground: "#ffffff", bar: "#ececef", text: "#24292f", faint: "#6e7781", strong: "#000000",
    colors: ["#000000", "#c0271a", "#1a7f37", "#8a5a00", "#0550ae", "#8b2b9b", "#0b7285", "#6e7781"],
  },
};

const [columnsText, themeName] = process.argv.slice(2);
const columns = Number(columnsText);
const theme = THEMES[themeName];
if (!Number.isInteger(columns) || columns < 1 || !theme) {
  console.error("terminal.mjs: needs the number of columns, and dark or light");
  process.exit(2);
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** The attributes that hold after an SGR sequence. */
function after(state, parameters) {
  let next = { ...state };
  for (const parameter of parameters) {
    if (parameter === 0) next = {};
    else if (parameter === 1) next.strong = true;
    else if (parameter === 2) next.faint = true;
    else if (parameter === 4) next.underlined = true;
    else if (parameter === 22) next = { ...next, strong: false, faint: false };
    else if (parameter === 24) next.underlined = false;
    else if (parameter === 39) next.color = undefined;
    else if (parameter >= 30 && parameter <= 37) next.color = parameter - 30;
  }
  return next;
}

function style(state) {
  const color = state.color !== undefined ? theme.colors[state.color] : state.faint ? theme.faint : state.strong ? theme.strong : "";
  return [
    color && `color:${color}`,
    state.color !== undefined && state.faint && "opacity:.6",
    state.strong && "font-weight:700",
    state.underlined && "text-decoration:underline",
  ].filter(Boolean).join(";");
}

// The bars of a terminal fill their cells whatever the font has; so they are drawn, each run of them as one box.
const BLOCKS = { "\u2588": "full", "\u2592": "half" };

function cells(text) {
  return text.replace(/\u2588+|\u2592+|[^\u2588\u2592]+/g, (run) => {
    const kind = BLOCKS[run[0]];
    return kind ? `<b class="${kind}" style="width:${run.length}ch"></b>` : escaped(run);
  });
}

function body(input) {
  let state = {};
  let html = "";
  const parts = input.replace(/\r/g, "").split(/(\u001b\[[0-9;?]*[A-Za-z])/);
  for (const part of parts) {
    const sgr = /^\u001b\[([0-9;]*)m$/.exec(part);
    if (sgr) {
      state = after(state, sgr[1].split(";").map(Number));
    } else if (!part.startsWith("\u001b") && part !== "") {
      const css = style(state);
      html += css ? `<span style="${css}">${cells(part)}</span>` : cells(part);
    }
  }
  return html;
}

const text = readFileSync(0, "utf8").replace(/\n+$/, "");
process.stdout.write(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Terminal, ${columns} columns, ${themeName}</title><style>
html { background: ${theme.page}; }
body { margin: 0; padding: 16px; width: max-content; }
.window { border-radius: 8px; overflow: hidden; background: ${theme.ground}; box-shadow: 0 1px 6px rgba(0,0,0,.35); }
.bar { height: 28px; background: ${theme.bar}; display: flex; align-items: center; gap: 8px; padding-left: 12px; }
.bar i { width: 12px; height: 12px; border-radius: 50%; background: ${theme.faint}; opacity: .5; }
pre { margin: 0; padding: 12px 14px; font: 14px/20px "DejaVu Sans Mono", "Liberation Mono", monospace; font-variant-ligatures: none;
  color: ${theme.text}; }
code { display: block; font: inherit; width: calc(${columns}ch + 1px); white-space: pre-wrap; word-break: break-all; }
b.full, b.half { display: inline-block; height: 16px; margin-top: 2px; vertical-align: top; background: currentColor; }
b.half { opacity: .5; }
</style></head><body><div class="window"><div class="bar"><i></i><i></i><i></i></div><pre><code>${body(text)}</code></pre></div></body></html>
`);
