// Readers for answers that are small enough to keep until the end.
import type { Printed, Reader, Reading } from './run';

/** All that a program said. */
export interface Answer {
  /** Undefined when a signal ended it. */
  readonly exit: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Keeps the answer and reads it at the end. */
export function wholeAnswer<T>(read: (answer: Answer) => Reading<T>): Reader<T> {
  const kept = { stdout: '', stderr: '' };
  return {
    push: (text, stream) => {
      kept[stream] += text;
      return [];
    },
    end: (exit) => read({ exit, ...kept }),
  };
}

/** The same, but also reports what the program prints beside its answer, as it comes. */
export function answerWithNotes<T>(read: (answer: Answer) => Reading<T>): Reader<T, Printed> {
  const whole = wholeAnswer(read);
  return {
    push: (text, stream) => {
      whole.push(text, stream);
      return stream === 'stderr' ? [{ kind: 'printed', text, stream }] : [];
    },
    end: (exit) => whole.end(exit),
  };
}

/** For a command without an answer, which only succeeds or fails. */
export function successAlone(): Reader<undefined, Printed> {
  return answerWithNotes<undefined>(({ exit }) =>
    exit === 0 ? { value: undefined } : { unreadable: `exit status ${exit ?? 'unknown'}` },
  );
}
