import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listen } from './listen.ts';

// Bare Socket.IO: rooms, no answers. Nothing is checked, ordered or kept.
const http = createServer();
const io = new Server(http);
io.on('connection', (socket) => {
  const { channel } = socket.handshake.auth;
  socket.join(channel);
  socket.on('send', (message: { text: string }) => void io.to(channel).emit('message', message));
});
listen(http);
