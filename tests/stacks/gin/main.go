package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/gin-gonic/gin"
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

type data struct {
	Sessions map[string]session `json:"sessions"`
	Chats    []chat             `json:"chats"`
}

type route struct {
	UserID string `uri:"user_id" binding:"required"`
	ChatID int64  `uri:"chat_id" binding:"required"`
}

func (d *data) requireSession(c *gin.Context) {
	value, _ := c.Cookie("neptun-session")
	found, ok := d.Sessions[value]
	if !ok || found.ExpiresAt <= time.Now().Unix() {
		fail(c, http.StatusUnauthorized, "No valid session")
		return
	}
	c.Set("caller", found.UserID)
}

func (d *data) listFiles(c *gin.Context) {
	var asked route
	if err := c.ShouldBindUri(&asked); err == nil && c.GetString("caller") == asked.UserID {
		for _, chat := range d.Chats {
			if chat.ID == asked.ChatID && chat.UserID == asked.UserID {
				c.JSON(http.StatusOK, gin.H{"chatFiles": chat.Files})
				return
			}
		}
	}
	fail(c, http.StatusNotFound, "Chat not found")
}

func fail(c *gin.Context, status int, message string) {
	c.AbortWithStatusJSON(status, gin.H{
		"statusCode":    status,
		"statusMessage": http.StatusText(status),
		"data":          gin.H{"message": message},
	})
}

func main() {
	content, err := os.ReadFile(os.Getenv("DATA"))
	if err != nil {
		log.Fatal(err)
	}
	d := &data{}
	if err := json.Unmarshal(content, d); err != nil {
		log.Fatal(err)
	}
	router := gin.New()
	router.Use(gin.Recovery())
	router.NoRoute(func(c *gin.Context) { fail(c, http.StatusNotFound, "Page not found") })
	router.GET("/api/users/:user_id/chats/:chat_id/files", d.requireSession, d.listFiles)
	log.Fatal(router.Run("127.0.0.1:" + os.Getenv("PORT")))
}
