// Searching lists that are in order.

/** Index of the first element that does not lie before what is looked for; the length when all do. */
export function firstNotBefore<T>(list: readonly T[], isBefore: (element: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Index of the last element that begins at an offset or in front of it; -1 when none does.
 * @param list in the order of where its elements begin
 */
export function lastStarting<T>(list: readonly T[], startOf: (element: T) => number, offset: number): number {
  return firstNotBefore(list, (element) => startOf(element) <= offset) - 1;
}
