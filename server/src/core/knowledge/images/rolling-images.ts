// Images without versions to choose from: they are always the newest, or have the version in their name.
import { imageName } from './images';

/**
 * Rolling distributions; images that their publisher only gives away as `latest`; previews of Windows; and distroless
 * images with the Debian release in their name, whose tags only name the user.
 */
const rolling =
  /^(?:archlinux|clearlinux|archlinux\/archlinux|blackarchlinux\/.+|kalilinux\/.+|manjarolinux\/.+|gentoo\/.+|voidlinux\/.+|ghcr\.io\/void-linux\/.+|(?:.+\/)?opensuse\/tumbleweed|cgr\.dev\/chainguard\/.+|chainguard\/.+|mcr\.microsoft\.com\/windows.*-insider|gcr\.io\/distroless\/.+-debian\d+)$/;

/** Whether only a digest pins the image, because it has no version tags. @param reference without variables */
export function isRolling(reference: string): boolean {
  return rolling.test(imageName(reference).name);
}
