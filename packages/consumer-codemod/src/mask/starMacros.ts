import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { NameMatcher } from '../names/NameMatcher';
import { findDbtCalls } from './dbtCalls';
import { JinjaSpan } from './scanJinja';

/**
 * `{{ dbt_utils.star(from=ref('t'), except=['a'], relation_alias='x') }}` of the old
 * dataset as the star that it prints, or nothing if its arguments say more than that.
 */
export function starMacro(
  span: JinjaSpan,
  matcher: NameMatcher,
  dialect: SqlDialect,
): string | undefined {
  const called = span.body.match(/^\s*dbt_utils\s*\.\s*star\s*\(([^]*)\)\s*$/);
  const calls = findDbtCalls(span);
  if (span.kind !== 'expression' || !called || calls.length !== 1) {
    return undefined;
  }
  const [call] = calls;
  if (!matcher.matchJinja(call.call, call.args)) {
    return undefined;
  }
  const written = span.body.slice(
    call.start - span.bodyStart,
    call.end - span.bodyStart,
  );
  let alias = '';
  let except: string[] = [];
  const rest = called[1]
    .replace(written, '')
    .replace(/(^|,)\s*relation_alias\s*=\s*['"](\w+)['"]/, (_, __, name) => {
      alias = `${name}.`;
      return '';
    })
    .replace(
      /(^|,)\s*except\s*=\s*\[((?:\s*['"]\w+['"]\s*,?)*)\s*\]/,
      (_, __, list: string) => {
        except = [...list.matchAll(/\w+/g)].map(([name]) => name);
        return '';
      },
    )
    .replace(/,\s*quote_identifiers\s*=\s*(True|False|true|false)/, '');
  if (!/^\s*(from\s*=)?\s*,?\s*$/.test(rest)) {
    return undefined;
  }
  const word = dialect === 'snowflake' ? 'EXCLUDE' : 'EXCEPT';
  return `${alias}*${
    except.length > 0 ? ` ${word} (${except.join(',')})` : ''
  }`;
}
