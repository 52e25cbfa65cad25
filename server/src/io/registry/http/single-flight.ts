// One question, many askers, one request. The request ends early only when the last asker has gone: a cache's own
// fetch with the first asker's signal would fail everyone who joined.
import { RegistryError } from '../errors';

interface Flight<T> {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  waiters: number;
}

export interface SingleFlight<T> {
  /**
   * Joins the flight of this key, or starts it.
   * @param start gets a signal that is aborted when nobody waits any more
   * @throws RegistryError Cancelled as soon as the caller's own signal is aborted
   */
  run(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends all flights and waits until each is down. */
  abortAll(): Promise<void>;
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();
  /** Also those that were left by all and are still coming down. */
  const airborne = new Set<Flight<T>>();

  function takeOff(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { promise: start(controller.signal), controller, waiters: 0 };
    const land = (): void => {
      airborne.delete(flight);
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.promise.then(land, land);
    flights.set(key, flight);
    airborne.add(flight);
    return flight;
  }

  return {
    run(key, signal, start) {
      if (signal.aborted) return Promise.reject(new RegistryError({ code: 'Cancelled' }));
      const flight = flights.get(key) ?? takeOff(key, start);
      flight.waiters++;
      return new Promise<T>((resolve, reject) => {
        const leave = (): void => {
          reject(new RegistryError({ code: 'Cancelled' }));
          flight.waiters--;
          if (flight.waiters > 0) return;
          if (flights.get(key) === flight) flights.delete(key);
          flight.controller.abort(new RegistryError({ code: 'Cancelled' }));
        };
        signal.addEventListener('abort', leave, { once: true });
        flight.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      });
    },

    async abortAll() {
      const all = [...airborne];
      flights.clear();
      for (const flight of all) flight.controller.abort(new RegistryError({ code: 'Cancelled' }));
      await Promise.allSettled(all.map((flight) => flight.promise));
    },
  };
}
