import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listen } from './listen.ts';
import { nextSeq, openLog } from './log.ts';

// Socket.IO with a store as it is written at first: one journaled majority insert a message, then to all.
const log = await openLog();
const http = createServer();
const io = new Server(http);
io.on('connection', (socket) => {
  const { channel } = socket.handshake.auth;
  socket.join(channel);
  socket.on('send', async (message: { key: string; text: string }, answer: (result: { ok: true }) => void) => {
    const line = { channel, seq: nextSeq(channel), ...message };
    await log.insertOne({ ...line });
    io.to(channel).emit('message', line);
    answer({ ok: true });
  });
});
listen(http);
