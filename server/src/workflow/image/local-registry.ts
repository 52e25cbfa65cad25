// Registries that may be asked without a certificate.
import type { ImageReference } from '../checked-arguments';

/** A registry on this machine seldom has a certificate. */
export function isOnThisMachine(image: ImageReference): boolean {
  return /^(?:localhost|127\.0\.0\.1)(?::\d+)?\//.test(image);
}
