// Stands in for the native logging module. VS Code writes its logs and the text of every output channel
// through it; output channels ask for lines without time and level (`clearFormatters`).
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const infoLevel = 2;

class Logger {
  #file;
  #level = infoLevel;
  #formatted = true;

  constructor(file) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    levels.forEach((name, level) => {
      this[name === 'warning' ? 'warn' : name] = (message) => this.#write(level, message);
    });
  }

  #write(level, message) {
    if (level < this.#level) return;
    const line = this.#formatted ? `${new Date().toISOString()} [${levels[level]}] ${message}\n` : message;
    appendFileSync(this.#file, line);
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  clearFormatters() {
    this.#formatted = false;
  }

  // Every line is written at once, and nothing is held that would have to be given back.
  setPattern() {}
  flush() {}
  drop() {}
}

export async function createRotatingLogger(_name, file) {
  return new Logger(file);
}
export const createAsyncRotatingLogger = createRotatingLogger;
export function setLevel() {}
export function setFlushOn() {}
