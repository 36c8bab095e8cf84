import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { MessageEntry, Seq, Since } from '../../../protocol/entities.ts';
import { HistoryQuery, MessageReceipts, NewMessage, NewText, PlacedMessage } from '../../../protocol/http.ts';
import { refusalOf } from '../../auth/permissions.ts';
import { enter } from '../../channels/enter.ts';
import { post } from '../../channels/post.ts';
import { receiptsOf } from '../../channels/seen.ts';
import type { Parts } from '../../commands/command.ts';
import { deleteMessage } from '../../commands/delete.ts';
import { edit } from '../../commands/edit.ts';
import { history } from '../../commands/history.ts';
import { perform, permitted } from '../../commands/perform.ts';
import { receipt } from '../../commands/receipt.ts';
import { callerOf } from '../authentication.ts';
import { nothing, ofChannel, ofMessage, tags } from './schemas.ts';

const Changed = Type.Object({ seq: Type.Integer({ ...Seq, description: 'Of the change’s own entry.' }) });

/** The messages of one channel. */
export const channelMessageRoutes: FastifyPluginAsyncTypebox<{ parts: Parts }> = async (app, { parts }) => {
  app.get(
    '/channels/:id/messages',
    {
      config: { cost: 0.5 },
      schema: {
        summary: 'Read a page of history',
        description: 'Oldest first: before, after or around a seq, or else the latest.',
        tags: tags.messages,
        params: ofChannel,
        querystring: HistoryQuery,
        response: {
          200: Type.Object({ messages: Type.Array(MessageEntry), hasBefore: Type.Boolean(), hasAfter: Type.Boolean() }),
        },
      },
    },
    async (request) =>
      perform(history, {
        parts,
        caller: callerOf(request),
        payload: { ...request.query, channel: request.params.id },
      }),
  );

  app.post(
    '/channels/:id/messages',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Send a message',
        description: 'Answered when it is durable. The same `key` again is the same message.',
        tags: tags.messages,
        params: ofChannel,
        body: NewMessage,
        response: { 201: PlacedMessage },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const channel = request.params.id;
      const grant = await permitted(parts, caller, channel, 'read');
      if (refusalOf('write', grant) === undefined) await enter(parts, caller.identity, grant);
      const payload = { key: randomUUID(), ...request.body, channel };
      return reply.status(201).send(await post({ parts, caller, payload, grant }, (entry) => ({ channel, ...entry })));
    },
  );

  app.patch(
    '/channels/:id/messages/:seq',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Edit one’s own message',
        tags: tags.messages,
        params: ofMessage,
        body: NewText,
        response: { 200: Changed },
      },
    },
    async (request) => {
      const { id, seq } = request.params;
      return perform(edit, {
        parts,
        caller: callerOf(request),
        payload: { channel: id, seq, text: request.body.text },
      });
    },
  );

  app.delete(
    '/channels/:id/messages/:seq',
    {
      config: { cost: 1 },
      schema: {
        summary: 'Delete a message for everyone',
        description: 'One’s own, or as an organizer anyone’s. The entry stays, without its text.',
        tags: tags.messages,
        params: ofMessage,
        response: { 200: Changed },
      },
    },
    async (request) => {
      const { id, seq } = request.params;
      return perform(deleteMessage, { parts, caller: callerOf(request), payload: { channel: id, seq } });
    },
  );

  app.get(
    '/channels/:id/messages/:seq/receipts',
    {
      schema: {
        summary: 'Ask who has got a message, and when it was read',
        tags: tags.messages,
        params: ofMessage,
        response: { 200: MessageReceipts },
      },
    },
    async (request) => {
      const { id, seq } = request.params;
      const caller = callerOf(request);
      await permitted(parts, caller, id, 'read');
      return receiptsOf(parts, caller, id, seq);
    },
  );

  app.put(
    '/channels/:id/receipt',
    {
      config: { cost: 0.1 },
      schema: {
        summary: 'Raise one’s own watermarks',
        description: 'What is read counts as delivered too; neither ever goes down.',
        tags: tags.messages,
        params: ofChannel,
        body: Type.Object({ delivered: Type.Optional(Since), read: Type.Optional(Since) }),
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await perform(receipt, {
        parts,
        caller: callerOf(request),
        payload: { ...request.body, channel: request.params.id },
      });
      return reply.status(204).send(null);
    },
  );
};
