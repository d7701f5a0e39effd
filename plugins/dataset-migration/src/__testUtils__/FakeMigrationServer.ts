import { Api } from 'backstage-plugin-dataset-migration-common';
import { exampleDetail, exampleMigration, exampleTargets } from './examples';
import { exampleRollout } from './rolloutExamples';

/** A call that the screens made. */
export interface SeenCall {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** Answers the plugin's API in memory, at the level of `fetch`, with the JSON that the API describes. */
export class FakeMigrationServer {
  migration: Api.Migration | undefined = exampleMigration();
  rollout = exampleRollout();
  targets = exampleTargets(120);
  details = new Map<string, Api.TargetDetail>();
  pending: Api.PendingMigration[] = [];
  campaigns: Api.Campaign[] = [];
  candidates: Api.CampaignCandidates['items'] = [];
  problems: Api.PlanProblem[] = [];
  planText = 'kind: MigrationPlan\n';
  planUrl: string | undefined;
  calls: SeenCall[] = [];
  /** Answers a path with this error instead. */
  failures = new Map<string, { status: number; message: string }>();

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new URL(
      typeof input === 'string' ? input : String(input),
      'http://plugin.example',
    );
    const call: SeenCall = {
      method: init?.method ?? 'GET',
      path: request.pathname.replace(/^.*\/api\/dataset-migration/, ''),
      query: request.searchParams,
      body: init?.body ? JSON.parse(String(init.body)) : undefined,
    };
    this.calls.push(call);
    const failure = this.failures.get(call.path);
    const [status, body] = failure
      ? [
          failure.status,
          {
            error: { name: 'Error', message: failure.message },
            response: { statusCode: failure.status },
          },
        ]
      : this.answer(call);
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    });
  };

  made(method: string, path: string): SeenCall[] {
    return this.calls.filter(
      call => call.method === method && call.path === path,
    );
  }

  detail(targetId: string): Api.TargetDetail | undefined {
    const target = this.targets.find(each => each.id === targetId);
    return this.details.get(targetId) ?? (target && exampleDetail(target));
  }

  private answer(call: SeenCall): [number, unknown] {
    const route = `${call.method} ${call.path}`;
    const parts = call.path.split('/');
    switch (route) {
      case 'GET /dataset-overview':
        return [
          200,
          {
            dataset: call.query.get('dataset'),
            consumersKnown: this.targets.length,
            consumersTruncated: false,
            planUrl: this.planUrl,
            migration: this.migration,
            pending: this.pending[0],
          },
        ];
      case 'POST /plan-checks':
        return [
          200,
          {
            valid: this.problems.length === 0,
            problems: this.problems,
            fields: [],
          },
        ];
      case 'POST /migrations':
        this.migration = exampleMigration({ state: 'draft' });
        return [201, this.migration];
      case 'GET /migrations':
        return [200, page(this.migration ? [this.migration] : [])];
      case 'GET /pending':
      case 'POST /pending/scan':
        return [200, { items: this.pending }];
      case 'GET /campaigns':
        return [200, page(this.campaigns)];
      case 'POST /campaign-candidates':
        return [200, { items: this.candidates, truncated: false }];
      default:
        return this.answerBelow(call, parts);
    }
  }

  private answerBelow(call: SeenCall, parts: string[]): [number, unknown] {
    const [, area, id, part, action] = parts;
    if (area === 'migrations' && part === 'targets') {
      return [200, this.listTargets(call.query)];
    }
    if (area === 'migrations' && part === 'rollout') {
      return [200, this.rollout];
    }
    if (area === 'migrations' && part === 'activity') {
      return [200, page([])];
    }
    if (area === 'migrations' && part === 'plan') {
      return [200, this.plan(id)];
    }
    if (area === 'migrations' && part === 'effects') {
      return [
        200,
        {
          action,
          allowed: true,
          targets: 37,
          repositories: 12,
          owners: 4,
          message: `${action}: 37 consumers in 12 repositories of 4 teams`,
        },
      ];
    }
    if (area === 'migrations' && part === 'actions') {
      return [200, { migration: this.migration, affectedTargets: 37 }];
    }
    if (area === 'targets') {
      const detail = this.detail(id);
      return detail ? [200, detail] : [404, notFound(call.path)];
    }
    if (area === 'runs' && part === 'log') {
      return [200, this.log(call)];
    }
    if (area === 'campaigns' && call.method === 'GET') {
      const found = this.campaigns.find(each => each.id === id);
      return found ? [200, found] : [404, notFound(call.path)];
    }
    if (area === 'campaigns' && part === 'actions') {
      return [200, this.campaigns.find(each => each.id === id)];
    }
    return [404, notFound(call.path)];
  }

  private listTargets(query: URLSearchParams): Api.TargetPage {
    const wants = (name: string, value: string | undefined) => {
      const wanted = query.getAll(name);
      return wanted.length === 0 || wanted.includes(value ?? '');
    };
    const text = query.get('text') ?? '';
    const found = this.targets.filter(
      target =>
        wants('state', target.state) &&
        wants('outcome', target.outcome) &&
        wants('blocked', target.blocked) &&
        wants('framework', target.framework) &&
        wants('proof', target.proof) &&
        wants('owner', target.owner) &&
        (target.consumer ?? '').includes(text),
    );
    const start = Number(query.get('cursor') ?? 0);
    const end = start + Number(query.get('limit') ?? 50);
    return {
      items: found.slice(start, end),
      totalItems: found.length,
      nextCursor: end < found.length ? String(end) : undefined,
    };
  }

  private plan(migrationId: string): Api.Plan {
    return {
      migrationId,
      version: 1,
      text: this.planText,
      problems: this.problems,
      fields: [
        { name: 'country', type: 'string', kind: 'rename', is: 'country_code' },
      ],
      createdBy: 'user:default/ada',
      createdAt: 1_790_000_000_000,
    };
  }

  private log(call: SeenCall): Api.LogPage {
    const after = Number(call.query.get('after') ?? 0);
    const lines = ['reading the source', 'rewriting 2 files', 'proved'].map(
      (line, index) => ({
        sequence: index + 1,
        attempt: 1,
        at: 1_790_000_000_000 + index,
        line,
      }),
    );
    return {
      lines: lines.filter(line => line.sequence > after),
      nextSequence: 3,
      ended: true,
    };
  }
}

function page<T>(items: T[]) {
  return { items, totalItems: items.length };
}

function notFound(path: string) {
  return {
    error: { name: 'NotFoundError', message: `Nothing at ${path}` },
    response: { statusCode: 404 },
  };
}
