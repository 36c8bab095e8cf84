import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listen } from './listen.ts';
import { type Line, nextSeq, openLog } from './log.ts';

// Socket.IO with group commit: what arrives while a write is under way forms the next one. No window, no merging.
type Waiting = { line: Line; answer: (result: { ok: true }) => void };
const log = await openLog();
const http = createServer();
const io = new Server(http);
let queue: Waiting[] = [];
let isWriting = false;

async function write(): Promise<void> {
  isWriting = true;
  while (queue.length > 0) {
    const batch = queue;
    queue = [];
    await log.insertMany(batch.map(({ line }) => ({ ...line })));
    for (const { line, answer } of batch) {
      io.to(line.channel).emit('message', line);
      answer({ ok: true });
    }
  }
  isWriting = false;
}

io.on('connection', (socket) => {
  const { channel } = socket.handshake.auth;
  socket.join(channel);
  socket.on('send', (message: { key: string; text: string }, answer: Waiting['answer']) => {
    queue.push({ line: { channel, seq: nextSeq(channel), ...message }, answer });
    if (!isWriting) void write();
  });
});
listen(http);
