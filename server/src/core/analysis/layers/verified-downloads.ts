// Whether a stage checks what it has downloaded.
import type { Model } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';

const checkers = [
  ...['sha1sum', 'sha224sum', 'sha256sum', 'sha384sum', 'sha512sum', 'shasum', 'md5sum', 'b2sum', 'openssl'],
  ...['gpg', 'gpgv', 'gpg2', 'cosign', 'minisign'],
];

/** Whether a later command of the same stage compares a checksum or a signature, of whatever file. */
export function checksAfter(model: Model, instruction: Instruction): boolean {
  const stage = model.stageOf(instruction);
  return model
    .commandsNamed(...checkers)
    .some(
      (command) =>
        command.instruction.index > instruction.index &&
        model.stageOf(command.instruction) === stage &&
        command.args.some(({ prefix }) => /^-(?:-check|-verify|\w*c)\b|^(?:dgst|verify)/.test(prefix)),
    );
}
