// Binary search in sorted lists.

/** Index of the first element that is not before the target; the length if there is none. */
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

/** Index of the last element that is not after the target; -1 if there is none. */
export function lastNotAfter<T>(list: readonly T[], isNotAfter: (element: T) => boolean): number {
  return firstNotBefore(list, isNotAfter) - 1;
}
