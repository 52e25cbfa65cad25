// Answers the questions of fixes from a registry. Imports types only, so loading this file loads no HTTP client.
import type { DigestQuestion, Reply, VersionQuestion } from '../../core/lint/questions';
import type { RegistryAccess } from './access';

/**
 * What a registry says to a question now.
 * @param settings section `drydock.registry` as the client gave it
 * @returns never throws for anything a registry, a file or the user does
 */
export async function answerFromRegistry(
  access: RegistryAccess,
  question: DigestQuestion | VersionQuestion,
  settings: unknown,
  signal: AbortSignal,
): Promise<Reply> {
  switch (question.kind) {
    case 'digest': {
      const { reference, pinned, platform } = question;
      const answer =
        pinned === undefined
          ? await access.resolve(reference, settings, signal)
          : await access.update(reference, pinned, platform, settings, signal);
      return answer.kind === 'digest' ? { ...answer, kind: 'answer', text: answer.digest } : answer;
    }
    case 'version': {
      const answer = await access.version(
        question.tag === undefined ? question.image : `${question.image}:${question.tag}`,
        settings,
        signal,
      );
      return answer.kind === 'version' ? { ...answer, kind: 'answer', text: answer.tag } : answer;
    }
  }
}
