// Name resolution with a guard. Checking only the text of a URL lets a DNS name walk into the inner network, and
// resolving it beforehand lets the name change its mind; so the check sits where the connection is made.
import { lookup as dnsLookup } from 'node:dns';
import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { farther, isLoopbackName, reachOfAddress, within } from './images/address';
import type { Reach } from './images/address';

/** The error code of a connection refused because of where it would have gone. */
export const addressClassCode = 'ADDRESS_CLASS';

type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const maxNames = 1_000;

/**
 * A `lookup` for `net.connect`: resolves a name and gives only addresses that may be contacted.
 * Of addresses of several classes only the farthest are used: a name that is public and also inner is taken as public.
 * @param limit how near the addresses may lie
 * @param seen told the class of each name
 * @param resolve the system's resolver
 */
export function guardedLookup(
  limit: Reach,
  seen: Map<string, Reach>,
  resolve: Resolve = dnsLookup,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const known = addresses.flatMap((entry) => {
        const reach = reachOfAddress(entry.address);
        return reach === undefined ? [] : [{ ...entry, reach }];
      });
      const wanted: Reach | undefined = isLoopbackName(hostname)
        ? 'loopback' // plain HTTP and logins are allowed to these names, so they must be what they say
        : known
            .map((entry) => entry.reach)
            .reduce<Reach | undefined>((a, b) => (a === undefined ? b : farther(a, b)), undefined);
      const usable = known.filter((entry) => entry.reach === wanted);
      const first = usable[0];
      if (first === undefined || wanted === undefined || !within(wanted, limit)) {
        callback(Object.assign(new Error('address not allowed'), { code: addressClassCode }), '', 0);
        return;
      }
      if (seen.size >= maxNames) seen.clear();
      seen.set(hostname, wanted);
      if (options.all === true)
        callback(
          null,
          usable.map(({ address, family }) => ({ address, family })),
        );
      else callback(null, first.address, first.family);
    });
  };
}
