import type { ChannelSummary } from '../../protocol/http.ts';
import { isObject } from '../client/guards.ts';
import { readToken } from '../client/token.ts';
import type { FakeServer } from './fake-server.ts';

/** What a fake server answers over HTTP about channels. */
export interface FakeRoutes {
  /** Every request that arrived: method, path and body. */
  readonly asked: string[];
  /** The code by which everything but the list of channels is refused. */
  refusal: string | undefined;
  /** Gives the page its own `fetch` back. */
  end(): void;
}

const heldPath = /^\/channels\/([^/]+)\/held(?:\/([^/]+)\/([^/]+))?$/;

function refusal(status: number, code: string): Response {
  return Response.json({ error: { code, message: '' } }, { status });
}

/** The list and the making of channels, and what waits for their organizers, in place of the page's `fetch`. */
export function fakeRoutes(server: FakeServer): FakeRoutes {
  const { fetch } = window;
  const routes: FakeRoutes = {
    asked: [],
    refusal: undefined,
    end: () => {
      window.fetch = fetch;
    },
  };
  window.fetch = async (input, init = {}) => {
    const { pathname } = new URL(String(input));
    const path = pathname.slice(pathname.indexOf('/channels'));
    routes.asked.push(`${init.method} ${path} ${init.body ?? ''}`.trim());
    const user = readToken(new Headers(init.headers).get('authorization') ?? '')?.user ?? '';
    const [, channel, writer, key] = heldPath.exec(path) ?? [];
    if (channel !== undefined && routes.refusal === undefined) {
      if (writer === undefined || key === undefined) return Response.json({ messages: server.channel(channel).held });
      return server.decide(channel, writer, key, init.method === 'POST')
        ? new Response(null, { status: 204 })
        : refusal(404, 'not_found');
    }
    if (init.method === 'GET' && channel === undefined) return Response.json({ channels: channelsOf(server, user) });
    if (routes.refusal !== undefined) {
      return refusal(403, routes.refusal);
    }
    const wanted: unknown = JSON.parse(String(init.body));
    if (!isObject(wanted)) throw new Error('no body');
    const { id } = server.direct(user, String(wanted.user), wanted.meeting === undefined ? '' : String(wanted.meeting));
    return Response.json(
      channelsOf(server, user).find((channel) => channel.id === id),
      { status: 201 },
    );
  };
  return routes;
}

/** As a list of the user's has them. */
function channelsOf(server: FakeServer, user: string): ChannelSummary[] {
  return server.channels
    .filter(({ about, members }) => about.kind === 'meeting' || members[user] !== undefined)
    .map(({ id, about, head, messages, receipts, members }) => {
      const receipt = receipts[user] ?? { delivered: 0, read: 0 };
      const last = messages.at(-1);
      const other = about.settings.between?.find((each) => each !== user);
      const name = other === undefined ? undefined : members[other]?.name;
      return {
        id,
        ...about,
        role: 'participant',
        head,
        unread: messages.filter(({ seq, sender }) => seq > receipt.read && sender.id !== user).length,
        receipt,
        ...(last && { last }),
        ...(other === undefined || name === undefined ? {} : { with: { id: other, name, state: 'online' } }),
      };
    });
}
