import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen } from './listen.ts';

// Bare ws: what one sends is sent to each of the channel. Nothing is checked, ordered or kept.
const channels = new Map<string, Set<WebSocket>>();
const http = createServer();
new WebSocketServer({ server: http }).on('connection', (socket, request) => {
  const name = new URL(request.url ?? '/', 'http://local').searchParams.get('channel') ?? '';
  const members = channels.get(name) ?? new Set();
  channels.set(name, members.add(socket));
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    for (const member of members) member.send(text);
  });
  socket.on('close', () => members.delete(socket));
});
listen(http);
