import type { ForgeAccount } from '../../server/ForgeAccounts';
import type { ForgeUrls } from '../../server/ForgeUrls';

/** GitHub's opaque node id. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64');
}

/** GitHub's `simple-user`. */
export function userShape(urls: ForgeUrls, account: ForgeAccount) {
  const url = `${urls.api}/users/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${urls.base}/_demo/avatar/${account.login}`,
    gravatar_id: '',
    url,
    html_url: `${urls.base}/${account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: account.admin,
  };
}

/** GitHub's `public-user`, as `GET /user` gives it. */
export function fullUserShape(urls: ForgeUrls, account: ForgeAccount) {
  return {
    ...userShape(urls, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  };
}

/** GitHub's `team`. */
export function teamShape(urls: ForgeUrls, organization: string, slug: string) {
  const url = `${urls.api}/organizations/1/team/${slug}`;
  let id = 0;
  for (const character of slug) {
    id = (id * 31 + character.charCodeAt(0)) % 1_000_003;
  }
  return {
    id: id + 1,
    node_id: nodeId('Team', slug),
    url,
    html_url: `${urls.base}/orgs/${organization}/teams/${slug}`,
    name: slug,
    slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'push',
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
    type: 'organization',
  };
}
