create table chat_conversations (
    id serial primary key,
    user_id text not null
);

create table chat_conversation_files (
    id serial primary key,
    chat_conversation_id integer not null references chat_conversations,
    title text not null,
    created_at timestamptz not null
);

insert into chat_conversations
select id, "userId"
from jsonb_to_recordset(:'data'::jsonb -> 'chats') as chat (id integer, "userId" text);

insert into chat_conversation_files
select file.id, file.chat_conversation_id, file.name, file.created_at
from jsonb_array_elements(:'data'::jsonb -> 'chats') as chat,
    jsonb_to_recordset(chat -> 'files')
        as file (id integer, chat_conversation_id integer, name text, created_at timestamptz);
