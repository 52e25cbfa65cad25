// Images that have no versions to choose from: what they are is the newest, or the version is in their name.
import { imageName } from './images';

/**
 * Rolling distributions; what its publisher gives away as `latest` alone; previews of Windows; and distroless
 * images with the release of Debian in their name, whose tags say who they run as.
 */
const rolling =
  /^(?:archlinux|clearlinux|archlinux\/archlinux|blackarchlinux\/.+|kalilinux\/.+|manjarolinux\/.+|gentoo\/.+|voidlinux\/.+|ghcr\.io\/void-linux\/.+|(?:.+\/)?opensuse\/tumbleweed|cgr\.dev\/chainguard\/.+|chainguard\/.+|mcr\.microsoft\.com\/windows.*-insider|gcr\.io\/distroless\/.+-debian\d+)$/;

/** Whether a tag other than `latest` would not pin the image: only a digest does. @param reference without variables */
export function isRolling(reference: string): boolean {
  return rolling.test(imageName(reference).name);
}
