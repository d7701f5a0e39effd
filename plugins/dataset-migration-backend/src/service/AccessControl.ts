import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { targetApprovePermission } from 'backstage-plugin-dataset-migration-common';
import type { Request } from 'express';
import { TargetRecord } from '../database/records';

/** Who asks: a person by entity reference, or another part of the portal. */
export interface Caller {
  credentials: BackstageCredentials;
  actor: string;
}

/** Authenticates callers and asks the portal's policy what they may do. */
export class AccessControl {
  readonly #httpAuth: HttpAuthService;
  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;

  constructor(options: {
    httpAuth: HttpAuthService;
    auth: AuthService;
    permissions: PermissionsService;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#auth = options.auth;
    this.#permissions = options.permissions;
  }

  async caller(request: Request): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const actor = this.#auth.isPrincipal(credentials, 'user')
      ? (credentials.principal as BackstageUserPrincipal).userEntityRef
      : 'system';
    return { credentials, actor };
  }

  /** For other parts of the portal only, such as the scaffolder's actions. */
  async service(request: Request): Promise<void> {
    await this.#httpAuth.credentials(request, { allow: ['service'] });
  }

  /** @throws NotAllowedError that names the permission. */
  async require(
    request: Request,
    permission: BasicPermission,
  ): Promise<Caller> {
    const caller = await this.caller(request);
    if (!(await this.may(caller, permission))) {
      throw new NotAllowedError(
        `You need the permission ${permission.name}. Ask an administrator of the portal.`,
      );
    }
    return caller;
  }

  async may(caller: Caller, permission: BasicPermission): Promise<boolean> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** Whether the policy lets this person decide on this target; by default its owner. */
  async mayDecide(caller: Caller, target: TargetRecord): Promise<boolean> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: targetApprovePermission, resourceRef: target.id }],
      { credentials: caller.credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  async requireDecision(
    request: Request,
    target: TargetRecord,
  ): Promise<Caller> {
    const caller = await this.caller(request);
    if (!(await this.mayDecide(caller, target))) {
      throw new NotAllowedError(whoMayDecide(target));
    }
    return caller;
  }
}

/** For people who may not: who may. */
export function whoMayDecide(target: TargetRecord): string {
  return target.owner
    ? `Only members of ${target.owner} or an admin may decide on this consumer.`
    : 'Nobody owns this consumer in the catalog: only an admin may decide on it.';
}
