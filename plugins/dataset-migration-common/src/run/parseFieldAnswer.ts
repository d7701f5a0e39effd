import { FieldAnswer } from '../mapping/DatasetMapping';
import { HostileInput } from './HostileInput';
import { maybe, need } from './parseChecked';

/** An owner's answer, checked. @throws InputError with the place that is wrong. */
export function parseFieldAnswer(input: HostileInput): FieldAnswer {
  const answer = input.object(['field', 'path', 'answer']);
  return {
    field: need(input, answer, 'field', child => child.text(300, 1)),
    ...maybe(answer, 'path', child => child.filePath()),
    answer: need(input, answer, 'answer', child => {
      const value = child.object(['kind', 'is']);
      const kind = need(child, value, 'kind', each =>
        each.oneOf(['expression', 'null', 'drop', 'leave'] as const),
      );
      if (kind === 'expression') {
        return {
          kind,
          is: need(child, value, 'is', each => each.text(5000, 1)),
        };
      }
      return value.is
        ? child.refuse(`without is when its kind is ${kind}`)
        : { kind };
    }),
  };
}
