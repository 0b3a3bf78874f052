/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>
#include <uv.h>

#include "runners/mill-run.h"

G_BEGIN_DECLS

/* libcurl's multi handles on a libuv loop, by its multi-socket interface. One handle looks at
 * all of its connections whenever a request begins, so a loop owns several, each with its share
 * of the connections. */
typedef struct _MillCurlShards MillCurlShards;
typedef struct _MillCurlShard MillCurlShard;

/* A transfer has ended; it has been taken out of its shard already. */
typedef void (*MillCurlDone) (CURL *easy, CURLcode result, gpointer data);

/**
 * mill_curl_shards_new:
 * @loop: the loop of this thread; must outlive the shards
 * @done: called in mill_curl_shards_run() and when sockets become ready
 *
 * Returns: (transfer full): no shards yet
 */
MillCurlShards *mill_curl_shards_new (uv_loop_t *loop, MillCurlDone done, gpointer data);

/* Closes all connections. No transfer may be under way. What the loop holds of them is gone after
 * its next turn. */
void mill_curl_shards_free (MillCurlShards *shards);

/**
 * mill_curl_shards_add:
 * @connections: the most that it may keep
 *
 * Returns: (transfer none): one more shard
 */
MillCurlShard *mill_curl_shards_add (MillCurlShards *shards, int connections);

/* Prepares a handle for transfers in that shard. */
void mill_curl_shard_set_up (MillCurlShard *shard, CURL *easy);

/* A handle of that shard has opened a connection: it stays the shard's until libcurl closes it. */
void mill_curl_shard_keep (MillCurlShard *shard, curl_socket_t socket);

/* Adds a transfer. Nothing is sent before the next mill_curl_shards_run(). */
void mill_curl_shard_start (MillCurlShard *shard, CURL *easy);

/* Takes a transfer out; its connection is closed. */
void mill_curl_shard_cancel (MillCurlShard *shard, CURL *easy);

/**
 * mill_curl_shards_run:
 * @most: how many shards, so that one turn of the loop does not take long
 *
 * Lets shards do what is due now: send what was started, end what has timed out.
 *
 * Returns: whether there is more to do at once
 */
gboolean mill_curl_shards_run (MillCurlShards *shards, int most);

G_END_DECLS
