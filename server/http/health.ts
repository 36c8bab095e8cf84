import type { FastifyInstance } from 'fastify';
import { ChatError } from '../chat-error.ts';
import type { Metrics } from '../metrics.ts';

export type Health = {
  /** Rejects while a write would not be durable. */
  probe: () => Promise<void>;
  /** From the first sign of an orderly end on. */
  closing: () => boolean;
  metrics: Metrics;
};

/** For load balancers and operators: alive, ready for traffic, and the figures. */
export function registerHealth(app: FastifyInstance, { probe, closing, metrics }: Health): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (closing()) throw new ChatError('unavailable', 'The server is shutting down.');
    await probe().catch((error: unknown) => {
      throw new ChatError('unavailable', 'The store does not take writes.', { cause: error });
    });
    return { status: 'ok' };
  });
  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', metrics.registry.contentType);
    return metrics.registry.metrics();
  });
}
