package main

import (
	"database/sql"
	"log"
	"os"

	_ "github.com/lib/pq"
)

type postgres struct {
	*sql.DB
}

func open([]chat) store {
	database, err := sql.Open("postgres", "host="+os.Getenv("PGHOST")+" sslmode=disable")
	if err != nil {
		log.Fatal(err)
	}
	return postgres{database}
}

func (p postgres) files(userID, caller string, chatID int64) ([]file, error) {
	var id int64
	err := p.QueryRow("select id from chat_conversations where user_id = $1 and user_id = $2 and id = $3",
		userID, caller, chatID).Scan(&id)
	if err == sql.ErrNoRows {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	rows, err := p.Query("select id, chat_conversation_id, name, size, type, created_at, url"+
		" from chat_conversation_files where chat_conversation_id = $1", chatID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	files := []file{}
	for rows.Next() {
		var f file
		if err := rows.Scan(&f.ID, &f.ChatConversationID, &f.Name, &f.Size, &f.Type, &f.CreatedAt, &f.URL); err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, rows.Err()
}
