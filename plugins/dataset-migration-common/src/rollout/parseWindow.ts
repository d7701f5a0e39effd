import { PlanWindow } from '../plan/MigrationPlan';

/** A window with its text read. */
export interface ParsedWindow {
  /** Week days it opens on, 0 is Sunday. */
  days: Set<number>;
  /** Minutes after midnight. */
  from: number;
  /** Minutes after midnight of the day it opened; more than 1440 where that is the next day. */
  to: number;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const TIME = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** Reads a window, or says in a sentence what is wrong with it. The time zone is not looked at. */
export function parseWindow(window: PlanWindow): ParsedWindow | string {
  const days = parseDays(window.days ?? 'sun-sat');
  if (!days) {
    return `Days are written as mon-fri or sat,sun, not ${window.days}.`;
  }
  const from = parseTime(window.from);
  const to = parseTime(window.to);
  if (from === undefined || from === 1440) {
    return `A window opens at a time from 00:00 to 23:59, not ${window.from}.`;
  }
  if (to === undefined) {
    return `A window closes at a time from 00:00 to 24:00, not ${window.to}.`;
  }
  return { days, from, to: to > from ? to : to + 1440 };
}

/** `mon-fri`, `sat-mon`, `mon,wed-fri`. */
function parseDays(text: string): Set<number> | undefined {
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const [first, last, ...rest] = part.trim().split('-');
    const start = DAYS.indexOf(first);
    const end = last === undefined ? start : DAYS.indexOf(last);
    if (start === -1 || end === -1 || rest.length > 0) {
      return undefined;
    }
    for (let day = start; day !== end; day = (day + 1) % 7) {
      days.add(day);
    }
    days.add(end);
  }
  return days;
}

function parseTime(text: string): number | undefined {
  const match = TIME.exec(text);
  if (!match) {
    return undefined;
  }
  return match[1] === undefined
    ? 1440
    : Number(match[1]) * 60 + Number(match[2]);
}
