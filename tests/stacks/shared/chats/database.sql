create table chat_conversations (
    id bigint primary key,
    user_id text not null
);

create table chat_conversation_files (
    id bigint primary key,
    chat_conversation_id bigint not null references chat_conversations,
    name text not null,
    size bigint not null,
    type text not null,
    created_at timestamptz not null,
    url text not null
);

insert into chat_conversations
select id, "userId"
from jsonb_to_recordset(:'data'::jsonb -> 'chats') as chat (id bigint, "userId" text);

insert into chat_conversation_files
select file.*
from jsonb_array_elements(:'data'::jsonb -> 'chats') as chat,
    jsonb_populate_recordset(null::chat_conversation_files, chat -> 'files') as file;
