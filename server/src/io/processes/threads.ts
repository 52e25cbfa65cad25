// Work on threads of this process, one for each core. A thread runs the same program again, which finds out here that it
// is one, and answers one batch of work after another.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Whether this is a thread that `onThreads` started. */
export const isThread = !isMainThread;

/** Batches that are worked on ahead of the first unanswered one, for each thread: answers wait in memory. */
const mostAhead = 4;

/**
 * Threads make garbage all the time, and all of it is young. In megabytes; with V8's own 16 the search for garbage takes a
 * fifth more of the whole time.
 */
const youngGeneration = 64;

/**
 * Gives batches of work to threads.
 * @param program the file of this program
 * @param shared what each thread gets at its start; plain data, as batches and answers
 * @returns the answers in the order of the batches; undefined for a batch whose thread failed
 */
export async function* onThreads<Batch, Answer>(
  program: string,
  batches: readonly Batch[],
  threads: number,
  shared: unknown,
): AsyncGenerator<Answer | undefined, undefined> {
  const answers = batches.map(() => newAnswer<Answer>());
  let given = 0;
  let taken = 0;
  const idle = new Set<Worker>();
  const working = new Map<Worker, number>();
  const giveWork = (): void => {
    for (const worker of idle) {
      if (given >= batches.length || given >= taken + threads * mostAhead) return;
      idle.delete(worker);
      working.set(worker, given);
      worker.postMessage(batches[given]);
      given += 1;
    }
  };
  const end = (worker: Worker): void => {
    const batch = working.get(worker);
    working.delete(worker);
    idle.delete(worker);
    if (batch !== undefined) answers[batch]?.give(undefined);
    if (idle.size + working.size > 0) giveWork();
    // Nobody is left to work.
    else for (const answer of answers.slice(given)) answer.give(undefined);
  };
  const workers = Array.from({ length: threads }, () => {
    const limits = { maxYoungGenerationSizeMb: youngGeneration };
    const worker = new Worker(program, { workerData: shared, resourceLimits: limits });
    worker.on('message', (answer: Answer) => {
      const batch = working.get(worker);
      working.delete(worker);
      idle.add(worker);
      if (batch !== undefined) answers[batch]?.give(answer);
      giveWork();
    });
    worker.on('error', () => {
      end(worker);
    });
    worker.on('exit', () => {
      end(worker);
    });
    return worker;
  });
  for (const worker of workers) idle.add(worker);
  giveWork();
  try {
    for (const [batch, { promise }] of answers.entries()) {
      yield await promise;
      // Nobody needs it any more, and there may be many.
      answers[batch] = newAnswer();
      taken += 1;
      giveWork();
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

interface PendingAnswer<Answer> {
  readonly promise: Promise<Answer | undefined>;
  readonly give: (answer: Answer | undefined) => void;
}

function newAnswer<Answer>(): PendingAnswer<Answer> {
  let give: (answer: Answer | undefined) => void = () => undefined;
  const promise = new Promise<Answer | undefined>((resolve) => {
    give = resolve;
  });
  return { promise, give };
}

/** In a thread: answers batches until the main thread ends it. @param make the worker, from what all threads share */
export function serveBatches<Shared, Batch, Answer>(
  make: (shared: Shared) => (batch: Batch) => Answer,
): void {
  const work = make(workerData as Shared);
  parentPort?.on('message', (batch: Batch) => {
    parentPort?.postMessage(work(batch));
  });
}
