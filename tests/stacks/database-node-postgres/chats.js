import pg from "pg";

// Sizes and ids are far below 2^53; node-postgres gives a bigint as text unless told otherwise.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
const pool = new pg.Pool();

export const filesOf = async (userId, caller, chatId) => {
  const { rowCount } = await pool.query(
    "select id from chat_conversations where user_id = $1 and user_id = $2 and id = $3",
    [userId, caller, Number(chatId)],
  );
  if (!rowCount) return undefined;
  const { rows } = await pool.query(
    "select * from chat_conversation_files where chat_conversation_id = $1",
    [Number(chatId)],
  );
  return rows;
};
