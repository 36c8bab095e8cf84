// Compiled, never run: what a page in React may write, and what it may not. By the package's own name, as others import it.
import type {} from 'meeting-chat/react';

export const usual = (
  <meeting-chat
    ref={(chat) => {
      if (chat) chat.getToken = () => 'a.b.c';
      chat?.open();
    }}
    server="https://chat.example.com"
    meeting="standup"
    token-storage="jwt"
    load="visible"
    placement="inline"
    className="chat"
    open
    onmc-message={({ detail }) => detail.message.text.toUpperCase()}
    onmc-before-send={(event) => event.detail.text === '' && event.preventDefault()}
  >
    <a slot="header" href="/help">
      Help
    </a>
  </meeting-chat>
);

// @ts-expect-error there is no such placement
export const wrongValue = <meeting-chat placement="left" />;
// @ts-expect-error there is no such attribute
export const wrongAttribute = <meeting-chat room="standup" />;
// @ts-expect-error the detail has no such field
export const wrongDetail = <meeting-chat onmc-ready={({ detail }) => detail.room} />;
