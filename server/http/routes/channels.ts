import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ChannelDetails, ChannelPatch, ChannelSummary, Entrance, NewChannel } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import { channelsOf } from '../../auth/access.ts';
import type { Caller } from '../../auth/caller.ts';
import { alterChannel, deleteChannel } from '../../channels/alter.ts';
import { enter } from '../../channels/enter.ts';
import { makeChannel } from '../../channels/make.ts';
import { enterByPasscode } from '../../channels/passcode-entry.ts';
import { detailsOf, summariesOf } from '../../channels/summary.ts';
import type { Parts } from '../../commands/command.ts';
import { permitted } from '../../commands/perform.ts';
import { callerOf } from '../authentication.ts';
import { nothing, ofChannel, tags } from './schemas.ts';

/** Meetings, groups and direct channels: making, listing, changing, joining. */
export const channelRoutes: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (app, { parts }) => {
  const details = async (caller: Caller, id: string) =>
    detailsOf(parts, caller, await permitted(parts, caller, id, 'read'));

  app.post(
    '/channels',
    {
      config: { cost: 2 },
      schema: {
        summary: 'Make a group, a meeting or a direct channel',
        description:
          'Whoever makes a group or a meeting is its organizer. The direct channel of two users is always the same.',
        tags: tags.channels,
        body: NewChannel,
        response: { 201: ChannelDetails },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id } = await makeChannel(parts, caller, request.body);
      return reply.status(201).send(await details(caller, id));
    },
  );

  app.get(
    '/channels',
    {
      config: { cost: 2 },
      schema: {
        summary: 'List the caller’s channels',
        description: `With the last message and the number of unread ones; at most ${limits.channelsListed}.`,
        tags: tags.channels,
        response: { 200: Type.Object({ channels: Type.Array(ChannelSummary) }) },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const grants = await channelsOf(parts.storage, caller.identity);
      return { channels: await summariesOf(parts, caller, grants.slice(0, limits.channelsListed)) };
    },
  );

  app.get(
    '/channels/:id',
    {
      schema: {
        summary: 'Describe a channel and its members',
        tags: tags.channels,
        params: ofChannel,
        response: { 200: ChannelDetails },
      },
    },
    (request) => details(callerOf(request), request.params.id),
  );

  app.patch(
    '/channels/:id',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Change title, state, settings or passcode',
        description: 'For organizers. `closed`: read only for all but organizers; `ended`: for all.',
        tags: tags.channels,
        params: ofChannel,
        body: ChannelPatch,
        response: { 200: ChannelDetails },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id } = request.params;
      await alterChannel(parts, caller, await permitted(parts, caller, id, 'manage'), request.body);
      return details(caller, id);
    },
  );

  app.delete(
    '/channels/:id',
    {
      config: { cost: 2 },
      schema: {
        summary: 'Delete a channel with everything in it',
        description: 'For organizers. Its id is never used again.',
        tags: tags.channels,
        params: ofChannel,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await deleteChannel(parts, callerOf(request), request.params.id);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/channels/:id/join',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Become a member',
        description: 'Of a group by its passcode, or of a meeting that the token names.',
        tags: tags.channels,
        params: ofChannel,
        body: Entrance,
        response: { 200: ChannelDetails },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id } = request.params;
      const { passcode } = request.body;
      if (passcode !== undefined) await enterByPasscode(parts, caller, id, passcode);
      await enter(parts, caller.identity, await permitted(parts, caller, id, 'read'));
      return details(caller, id);
    },
  );
};
