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

/** Index of the last element that does not lie behind what is looked for; -1 when all do. */
export function lastNotBehind<T>(list: readonly T[], isNotBehind: (element: T) => boolean): number {
  return firstNotBefore(list, isNotBehind) - 1;
}
