import { timingSafeEqual } from 'node:crypto';
import type { ForgeUserOptions } from './ForgeOptions';

/** Somebody the forge knows, a person or the organisation. */
export interface ForgeAccount {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly type: 'User' | 'Organization';
  readonly admin: boolean;
}

/** Result of reading an `Authorization` header. */
export type Authentication =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'account'; readonly account: ForgeAccount };

function sameSecret(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

function tokensIn(header: string): string[] {
  const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)\s*$/.exec(header) ?? [];
  if (/^(bearer|token)$/i.test(scheme)) {
    return [value];
  }
  if (/^basic$/i.test(scheme)) {
    const [user, ...password] = Buffer.from(value, 'base64')
      .toString('utf8')
      .split(':');
    // GitHub takes the token as the password under any name, and as a name with an empty or dummy password.
    return [password.join(':'), user].filter(Boolean);
  }
  return [];
}

/** Accounts and their tokens. Ids follow the order of the options, so that they survive a restart. */
export class ForgeAccounts {
  readonly organization: ForgeAccount;
  readonly #accounts = new Map<string, ForgeAccount>();
  readonly #tokens: { token: string; account: ForgeAccount }[] = [];

  constructor(organization: string, users: readonly ForgeUserOptions[]) {
    this.organization = {
      id: 1,
      login: organization,
      name: organization,
      type: 'Organization',
      admin: false,
    };
    this.#accounts.set(organization.toLowerCase(), this.organization);
    for (const [index, user] of users.entries()) {
      const account: ForgeAccount = {
        id: 1001 + index,
        login: user.login,
        name: user.name ?? user.login,
        type: 'User',
        admin: user.admin ?? false,
      };
      this.#accounts.set(user.login.toLowerCase(), account);
      if (user.token) {
        this.#tokens.push({ token: user.token, account });
      }
    }
  }

  find(login: string): ForgeAccount | undefined {
    return this.#accounts.get(login.toLowerCase());
  }

  /** The account, or a ghost for a login that was configured in an earlier start. */
  get(login: string): ForgeAccount {
    return (
      this.find(login) ?? {
        id: 10137,
        login,
        name: login,
        type: 'User',
        admin: false,
      }
    );
  }

  authenticate(header: string | undefined): Authentication {
    if (!header) {
      return { kind: 'anonymous' };
    }
    for (const candidate of tokensIn(header)) {
      for (const { token, account } of this.#tokens) {
        if (sameSecret(token, candidate)) {
          return { kind: 'account', account };
        }
      }
    }
    return { kind: 'invalid' };
  }
}
