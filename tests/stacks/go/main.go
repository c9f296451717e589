package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

type file struct {
	ID                 int64     `json:"id"`
	ChatConversationID int64     `json:"chat_conversation_id"`
	Name               string    `json:"name"`
	Size               int64     `json:"size"`
	Type               string    `json:"type"`
	CreatedAt          time.Time `json:"created_at"`
	URL                string    `json:"url"`
}

type chat struct {
	ID     int64  `json:"id"`
	UserID string `json:"userId"`
	Files  []file `json:"files"`
}

type session struct {
	UserID    string `json:"userId"`
	ExpiresAt int64  `json:"expiresAt"`
}

type server struct {
	Sessions map[string]session `json:"sessions"`
	Chats    []chat             `json:"chats"`
	store    store
}

// A store finds the files of a chat, or nil where the caller has no such chat under a user's id.
type store interface {
	files(userID, caller string, chatID int64) ([]file, error)
}

// ServeHTTP answers GET and HEAD of /api/users/{user_id}/chats/{chat_id}/files.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(r.URL.Path, "/")
	if len(parts) != 7 || parts[1] != "api" || parts[2] != "users" || parts[4] != "chats" || parts[6] != "files" {
		fail(w, http.StatusNotFound, "Page not found")
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		fail(w, http.StatusMethodNotAllowed, "Method not allowed")
		return
	}
	caller, ok := s.caller(r)
	if !ok {
		fail(w, http.StatusUnauthorized, "No valid session")
		return
	}
	userID := parts[3]
	chatID, err := strconv.ParseInt(parts[5], 10, 64)
	if err != nil {
		fail(w, http.StatusNotFound, "Chat not found")
		return
	}
	files, err := s.store.files(userID, caller, chatID)
	switch {
	case err != nil:
		fail(w, http.StatusInternalServerError, "Server error")
	case files == nil:
		fail(w, http.StatusNotFound, "Chat not found")
	default:
		reply(w, http.StatusOK, map[string]any{"chatFiles": files})
	}
}

func (s *server) caller(r *http.Request) (string, bool) {
	cookie, err := r.Cookie("neptun-session")
	if err != nil {
		return "", false
	}
	found, ok := s.Sessions[cookie.Value]
	return found.UserID, ok && time.Now().Unix() < found.ExpiresAt
}

func fail(w http.ResponseWriter, status int, message string) {
	reply(w, status, map[string]any{
		"statusCode":    status,
		"statusMessage": http.StatusText(status),
		"data":          map[string]string{"message": message},
	})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

func main() {
	data, err := os.ReadFile(os.Getenv("DATA"))
	if err != nil {
		log.Fatal(err)
	}
	s := &server{}
	if err := json.Unmarshal(data, s); err != nil {
		log.Fatal(err)
	}
	s.store = open(s.Chats)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), s))
}
