// Completion of the ports of EXPOSE and of their protocols.
import { portsOf, serviceOn, usualPorts } from '../knowledge/images/ports';
import type { ArgumentPlace } from './completion-place';
import { inOrder, proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Subject } from './subject';

const protocols = ['tcp', 'udp', 'sctp'];

export function portItems(subject: Subject, place: ArgumentPlace): Proposal[] {
  const { token, prefix, text } = place;
  const slash = text.indexOf('/');
  const port = slash < 0 ? text : text.slice(0, slash);
  if (prefix.length < port.length) return [];
  if (slash < 0) {
    const numbers = /^\d*$/.test(port) ? numberItems(subject, place) : [];
    if (port === '') return numbers;
    // What is typed may be the whole number already.
    return [
      ...protocols.map((protocol, index) =>
        proposal(token, `${port}/${protocol}`, `${port}/${protocol}`, 'choice', { order: inOrder(index) }),
      ),
      ...numbers,
    ];
  }
  const value = { start: token.start + slash + 1, end: token.end };
  if (prefix.length <= slash) return [];
  return protocols.map((protocol, index) =>
    proposal(value, protocol, protocol, 'choice', { order: inOrder(index) }),
  );
}

/** What the file says first: variables like PORT, then the base image, then what is usual. */
function numberItems({ model }: Subject, { instruction, token, text }: ArgumentPlace): Proposal[] {
  const stage = model.stageOf(instruction);
  const found = new Map<string, string | undefined>();
  const add = (port: string, detail: string | undefined): void => {
    if (!found.has(port)) found.set(port, detail);
  };
  for (const [name, value] of model.environmentAt(instruction).env)
    if (value !== undefined && /(?:^|_)PORT$/.test(name) && /^\d{1,5}$/.test(value))
      add(value, `value of ${name}`);
  for (const port of portsOf(stage?.base.name)) add(String(port), `${stage?.base.name ?? ''} listens here`);
  for (const port of usualPorts) add(String(port), serviceOn(port));
  const exposed = new Set(
    (stage?.instructions ?? [])
      .filter(({ keyword }) => keyword === 'EXPOSE')
      .flatMap(({ words }) => words)
      .filter(({ span }) => span.start !== token.start)
      .map(({ value }) => value.replace(/\/.*$/s, '')),
  );
  return [...found]
    .filter(([port]) => port !== text && port.startsWith(text) && !exposed.has(port))
    .map(([port, detail], index) =>
      proposal(token, port, port, 'value', { detail, order: inOrder(index + protocols.length) }),
    );
}
